import { useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button'
import { DateTime } from '@/components/ui/date-time'
import { Notice } from '@/components/ui/notice'

interface BlockedAddressesProps {
  addresses: { address: string; until: Date }[]
  unblock: (form: FormData) => Promise<void>
}

/** The addresses from which nobody can sign in for now: it may be a whole office. */
export function BlockedAddresses({ addresses, unblock }: BlockedAddressesProps) {
  const t = useTranslations('users')
  return addresses.map(({ address, until }) => (
    <Notice
      key={address}
      kind="warning"
      aside={
        <form action={unblock}>
          <input type="hidden" name="address" value={address} />
          <button type="submit" className={buttonClass()}>
            {t('unblock')}
          </button>
        </form>
      }
    >
      {t.rich('blockedAddress', { address, time: () => <DateTime value={until} as="time" /> })}
    </Notice>
  ))
}
