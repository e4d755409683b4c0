import { CircleCheck, CircleOff, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'

interface ActivityProps {
  isActive: boolean
  deactivatedByImport: boolean
  /** The category that is hidden by its nature. */
  isHidden?: boolean
}

/** Whether a row is in use, and who switched it off. */
export function Activity({ isActive, deactivatedByImport, isHidden = false }: ActivityProps) {
  const t = useTranslations('catalog.activity')
  if (isActive) {
    return (
      <Badge tone="green" icon={CircleCheck}>
        {t('on')}
      </Badge>
    )
  }
  if (isHidden) {
    return (
      <Badge tone="grey" icon={EyeOff}>
        {t('hidden')}
      </Badge>
    )
  }
  return (
    <Badge tone={deactivatedByImport ? 'orange' : 'grey'} icon={CircleOff}>
      {t(deactivatedByImport ? 'offByImport' : 'offByHand')}
    </Badge>
  )
}
