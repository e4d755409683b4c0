import { useFormatter, useTranslations } from 'next-intl'
import { RowLink } from '@/components/catalog/row-link'
import { Shown } from '@/components/catalog/shown'
import { CELL, ROW, Table } from '@/components/catalog/table'
import { DateTime } from '@/components/ui/date-time'
import type { Cut, PriceLine } from '@/lib/catalog/row'

/** An offer's prices, by type and least quantity. */
export function PriceTable({ prices }: { prices: Cut<PriceLine> }) {
  const t = useTranslations('catalog')
  const priceText = usePriceText()
  if (prices.items.length === 0) return <p className="text-muted">{t('noPrices')}</p>
  return (
    <>
      <Table label={t('section.prices')} columns={[t('fact.priceType'), t('fact.price'), t('fact.updated')]}>
        {prices.items.map((price) => (
          <tr key={`${price.type.onecId} ${price.minQuantity}`} className={ROW}>
            <td className={CELL}>
              <RowLink step="price_types" row={price.type} />
            </td>
            <td className={`${CELL} tabular-nums`}>{priceText(price)}</td>
            <td className={CELL}>
              <DateTime value={price.updatedAt} />
            </td>
          </tr>
        ))}
      </Table>
      <Shown shown={prices.items.length} more={prices.more} />
    </>
  )
}

/** A price with its currency and with what it is for. */
export function usePriceText(): (price: PriceLine) => string {
  const t = useTranslations('catalog')
  const format = useFormatter()
  return ({ value, currency, unit, ratio, minQuantity }) => {
    const amount = format.number(value, { minimumFractionDigits: 2, maximumFractionDigits: 4 })
    const words = [currency === null ? amount : `${amount} ${currency}`]
    if (unit !== null) words.push(t('perUnit', { unit }))
    if (ratio !== null && ratio !== 1) words.push(t('ratio', { ratio: format.number(ratio, EXACT) }))
    if (minQuantity > 0) words.push(t('fromQuantity', { quantity: format.number(minQuantity, EXACT) }))
    return words.join(', ')
  }
}

const EXACT = { maximumFractionDigits: 6 }
