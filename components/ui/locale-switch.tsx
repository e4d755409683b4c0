import clsx from 'clsx'
import { useLocale, useTranslations } from 'next-intl'
import { setLocale } from '@/lib/i18n/actions'
import { LOCALES } from '@/lib/i18n/locales'

const NAMES = { ru: 'Русский', en: 'English' } as const

/** One button a language; the current one is pressed. */
export function LocaleSwitch() {
  const current = useLocale()
  const t = useTranslations('app')
  return (
    <form action={setLocale}>
      <fieldset className="flex rounded-md border border-line p-0.5">
        <legend className="sr-only">{t('language')}</legend>
        {LOCALES.map((locale) => (
          <button
            key={locale}
            type="submit"
            name="locale"
            value={locale}
            lang={locale}
            title={NAMES[locale]}
            aria-pressed={locale === current}
            className={clsx(
              'rounded px-1.5 py-0.5 text-xs uppercase',
              locale === current ? 'bg-raised font-medium text-ink' : 'text-muted hover:text-ink',
            )}
          >
            {locale}
            <span className="sr-only">, {NAMES[locale]}</span>
          </button>
        ))}
      </fieldset>
    </form>
  )
}
