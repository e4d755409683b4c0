import type { Good, Picture } from '@/scripts/sample/model'
import { jpeg, png } from '@/scripts/sample/picture'

// A good has a photograph, and every third a drawing too; both follow from its id.

const names = (goodId: string): string[] => {
  const stem = `import_files/${goodId.slice(0, 2)}/${goodId}`
  return numberOf(goodId) % 3 === 0 ? [`${stem}_1.jpg`, `${stem}_2.png`] : [`${stem}_1.jpg`]
}

export const withPictures = (good: Good): Good => ({ ...good, pictures: names(good.id) })

export const picturesOf = (goodId: string): Picture[] => {
  const number = numberOf(goodId)
  return names(goodId).map((path) => ({
    path,
    content: path.endsWith('.png')
      ? png(12, 9, [number & 255, (number >> 8) & 255, (number >> 16) & 255])
      : jpeg(2 + (number % 5), 2 + (number % 3), number & 255),
  }))
}

const numberOf = (goodId: string) => Number.parseInt(goodId.slice(0, 8), 16)
