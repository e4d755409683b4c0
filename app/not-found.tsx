import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { MessagePage } from '@/components/ui/message-page'
import { ToImports } from '@/components/ui/to-imports'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notFound'))('title') }
}

export default async function NotFound() {
  const t = await getTranslations('notFound')
  return (
    <MessagePage title={t('title')} way={<ToImports>{t('back')}</ToImports>}>
      <p>{t('text')}</p>
    </MessagePage>
  )
}
