import { useTranslations } from 'next-intl'
import type { StartChoices } from '@/components/imports/start-form-state'

interface StartOptionProps {
  name: Exclude<keyof StartChoices, 'types'>
  chosen: boolean
  /** What it does, when that is something else than on the start form. */
  about?: string
}

/** A checkbox about how to import, with a sentence that says what it does. */
export function StartOption({ name, chosen, about }: StartOptionProps) {
  const t = useTranslations('start')
  return (
    <label className="flex items-start gap-2.5">
      <input
        type="checkbox"
        name={name}
        defaultChecked={chosen}
        aria-labelledby={`${name}-label`}
        aria-describedby={`${name}-about`}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span className="min-w-0">
        <span id={`${name}-label`} className="font-medium">
          {t(name)}
        </span>
        <span id={`${name}-about`} className="block text-muted">
          {about ?? t(`${name}About`)}
        </span>
      </span>
    </label>
  )
}
