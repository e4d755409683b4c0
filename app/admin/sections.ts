import type { Messages } from 'next-intl'
import type { Permission } from '@/lib/permissions'

interface Section {
  href: `/admin/${string}`
  title: keyof Messages['sections']
  permission: Permission
}

/** The sections of the admin, in the order of the navigation; each is shown to those who may use it. */
export const SECTIONS: readonly Section[] = [
  { href: '/admin/overview', title: 'overview', permission: 'imports.read' },
  { href: '/admin/imports', title: 'imports', permission: 'imports.read' },
  { href: '/admin/schedules', title: 'schedules', permission: 'imports.read' },
  { href: '/admin/audit', title: 'audit', permission: 'audit.read' },
  { href: '/admin/users', title: 'users', permission: 'users.manage' },
]
