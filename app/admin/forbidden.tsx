import { getTranslations } from 'next-intl/server'
import { MessagePage } from '@/components/ui/message-page'
import { ToImports } from '@/components/ui/to-imports'

/** What somebody sees who may not see the page. */
export default async function Forbidden() {
  const t = await getTranslations('forbidden')
  return (
    <MessagePage title={t('title')} way={<ToImports>{t('back')}</ToImports>}>
      <p>{t('text')}</p>
    </MessagePage>
  )
}
