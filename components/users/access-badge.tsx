import { Ban, CircleCheck, Hourglass } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { DateTime } from '@/components/ui/date-time'

interface AccessBadgeProps {
  isActive: boolean
  blockedUntil: Date | null
}

/** Whether somebody may sign in. */
export function AccessBadge({ isActive, blockedUntil }: AccessBadgeProps) {
  const t = useTranslations('users.access')
  if (!isActive)
    return (
      <Badge tone="grey" icon={Ban}>
        {t('closed')}
      </Badge>
    )
  if (blockedUntil)
    return (
      <Badge tone="orange" icon={Hourglass}>
        {t.rich('blocked', { time: () => <DateTime value={blockedUntil} as="time" /> })}
      </Badge>
    )
  return (
    <Badge tone="green" icon={CircleCheck}>
      {t('open')}
    </Badge>
  )
}
