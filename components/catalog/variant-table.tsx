import { useFormatter, useTranslations } from 'next-intl'
import { usePriceText } from '@/components/catalog/price-table'
import { RowLink } from '@/components/catalog/row-link'
import { RowName } from '@/components/catalog/row-name'
import { Shown } from '@/components/catalog/shown'
import { CELL, ROW, Table } from '@/components/catalog/table'
import type { Cut, Variant } from '@/lib/catalog/row'

/** A good's variants, each with its first prices and stock. */
export function VariantTable({ variants }: { variants: Cut<Variant> }) {
  const t = useTranslations('catalog')
  if (variants.items.length === 0) return <p className="text-muted">{t('noVariants')}</p>
  const columns = [t('fact.offer'), t('section.characteristics'), t('section.prices'), t('section.stock')]
  return (
    <>
      <Table label={t('section.variants')} columns={columns}>
        {variants.items.map((variant) => (
          <VariantLine key={variant.onecId} variant={variant} />
        ))}
      </Table>
      <Shown shown={variants.items.length} more={variants.more} />
    </>
  )
}

function VariantLine({ variant }: { variant: Variant }) {
  const t = useTranslations('catalog')
  const format = useFormatter()
  const priceText = usePriceText()
  const { characteristics, prices, stock } = variant
  return (
    <tr className={ROW}>
      <td className={`${CELL} min-w-44`}>
        <RowLink step="offers" row={variant} />
        {variant.isActive ? null : <span className="block text-muted text-xs">{t('switchedOff')}</span>}
      </td>
      <td className={`${CELL} min-w-36`}>
        {characteristics.length === 0 ? <Nothing /> : null}
        {characteristics.map(({ name, value }) => (
          <div key={`${name} ${value}`}>
            <span className="text-muted">{name}:</span> {value}
          </div>
        ))}
      </td>
      <td className={`${CELL} min-w-72 tabular-nums`}>
        {prices.items.map((price) => (
          <div key={`${price.type.onecId} ${price.minQuantity}`}>
            <span className="text-muted">
              <RowName step="price_types" row={price.type} />:
            </span>{' '}
            {priceText(price)}
          </div>
        ))}
        <Rest of={prices} />
      </td>
      <td className={`${CELL} min-w-44 tabular-nums`}>
        {stock.items.map(({ warehouse, quantity }) => (
          <div key={warehouse.onecId}>
            <span className="text-muted">
              <RowName step="warehouses" row={warehouse} />:
            </span>{' '}
            {format.number(quantity)}
          </div>
        ))}
        <Rest of={stock} />
      </td>
    </tr>
  )
}

const Nothing = () => <span className="text-muted">—</span>

/** That there is nothing, or more than stands here; the variant's own page has it. */
function Rest({ of: { items, more } }: { of: Cut<unknown> }) {
  if (items.length === 0) return <Nothing />
  return more ? '…' : null
}
