import { useFormatter, useTranslations } from 'next-intl'
import { RowLink } from '@/components/catalog/row-link'
import { Shown } from '@/components/catalog/shown'
import { CELL, ROW, Table } from '@/components/catalog/table'
import { DateTime } from '@/components/ui/date-time'
import type { Cut, StockLine } from '@/lib/catalog/row'

/** An offer's stock, by warehouse. */
export function StockTable({ stock }: { stock: Cut<StockLine> }) {
  const t = useTranslations('catalog')
  const format = useFormatter()
  if (stock.items.length === 0) return <p className="text-muted">{t('noStock')}</p>
  return (
    <>
      <Table label={t('section.stock')} columns={[t('fact.warehouse'), t('fact.quantity'), t('fact.updated')]}>
        {stock.items.map(({ warehouse, quantity, updatedAt }) => (
          <tr key={warehouse.onecId} className={ROW}>
            <td className={CELL}>
              <RowLink step="warehouses" row={warehouse} />
            </td>
            <td className={`${CELL} tabular-nums`}>{format.number(quantity)}</td>
            <td className={CELL}>
              <DateTime value={updatedAt} />
            </td>
          </tr>
        ))}
      </Table>
      <Shown shown={stock.items.length} more={stock.more} />
    </>
  )
}
