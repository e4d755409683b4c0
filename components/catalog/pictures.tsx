import Image from 'next/image'
import { useFormatter, useTranslations } from 'next-intl'
import { Shown } from '@/components/catalog/shown'
import { splitSize } from '@/components/imports/split-size'
import type { Cut, PictureLine } from '@/lib/catalog/row'

/** Stored pictures, small; each leads to the whole one. */
export function Pictures({ pictures }: { pictures: Cut<PictureLine> }) {
  const t = useTranslations('catalog')
  if (pictures.items.length === 0) return <p className="text-muted">{t('noPictures')}</p>
  return (
    <>
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4 lg:grid-cols-6">
        {pictures.items.map((picture) => (
          <li key={`${picture.namedBy} ${picture.path}`}>
            <Picture picture={picture} />
          </li>
        ))}
      </ul>
      <Shown shown={pictures.items.length} more={pictures.more} />
    </>
  )
}

function Picture({ picture }: { picture: PictureLine }) {
  const t = useTranslations('catalog')
  const sizes = useTranslations('size')
  const format = useFormatter()
  const { namedBy, path, hash, width, height, bytes } = picture
  const { value, unit } = splitSize(bytes)
  return (
    <figure className="space-y-1">
      <a href={`/api/media/${hash}`} className="block h-32 rounded-lg border border-line bg-surface p-1.5">
        <Image
          src={`/api/media/${hash}?size=thumb`}
          alt={t('picture', { path })}
          width={width}
          height={height}
          className="size-full object-scale-down"
        />
      </a>
      <figcaption className="text-muted text-xs [overflow-wrap:anywhere]">
        <span className="font-mono">{path}</span>
        <span className="block">
          {t(`namedBy.${namedBy}`)}, {width} × {height}, {picture.format.toUpperCase()},{' '}
          {sizes(unit, { value: format.number(value) })}
        </span>
      </figcaption>
    </figure>
  )
}
