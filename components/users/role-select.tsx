import { useTranslations } from 'next-intl'
import { fieldClass } from '@/components/ui/button'
import { Role } from '@/prisma/client/enums'

/** The roles, each with what it may do. */
export function RoleSelect({ chosen, disabled = false }: { chosen: Role; disabled?: boolean }) {
  const t = useTranslations()
  return (
    <select
      // Made anew when another role is the present one: React keeps what was chosen before.
      key={chosen}
      name="role"
      aria-label={t('users.role')}
      defaultValue={chosen}
      disabled={disabled}
      className={`${fieldClass} w-full max-w-full`}
    >
      {Object.values(Role).map((role) => (
        <option key={role} value={role}>
          {`${t(`role.${role}`)}: ${t(`users.may.${role}`)}`}
        </option>
      ))}
    </select>
  )
}
