'use client'

import { LogOut } from 'lucide-react'
import { signOut } from 'next-auth/react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { buttonClass } from '@/components/ui/button'

/** Ends the session and goes to the sign-in page. */
export function SignOutButton() {
  const t = useTranslations('app')
  const [pending, setPending] = useState(false)
  const leave = async () => {
    setPending(true)
    try {
      // Where to go next is decided here: next-auth would use NEXTAUTH_URL, which need not be set.
      await signOut({ redirect: false })
    } finally {
      window.location.assign('/login')
    }
  }
  return (
    <button type="button" onClick={leave} disabled={pending} className={buttonClass('quiet', '!px-2')}>
      <LogOut aria-hidden className="size-4" />
      <span className="max-sm:sr-only">{t('signOut')}</span>
    </button>
  )
}
