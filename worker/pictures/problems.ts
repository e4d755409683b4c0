import type { ProblemCode } from '@/worker/commerceml/problem-codes'

/** Why a picture cannot be imported, for the operator: what is wrong, and what to mend. */
export interface PictureProblem {
  code: Extract<ProblemCode, 'bad_picture_path' | 'picture_missing' | 'picture_broken'>
  detail: string
}

/** The most a picture may have, width × height. */
export const MAX_PIXELS = 50_000_000
/** The most a file may have, in bytes: no picture within MAX_PIXELS needs as much, and other files are soon put aside. */
export const MAX_BYTES = 512 * 1024 * 1024

/** What stands there may be anything, of any length. */
const quote = (path: string) => `«${path.replace(/\p{Cc}|\p{Cs}/gu, '\uFFFD').slice(0, 150)}»`

export const badPath = (raw: string): string =>
  `Путь картинки ${quote(raw)} не годится: он должен вести внутрь папки import_files выгрузки, без «..», диска и адреса сайта. ` +
  'Исправьте путь картинки в 1С и выгрузите снова.'

export const leadsOutside = (path: string): PictureProblem => ({
  code: 'bad_picture_path',
  detail: `Картинка ${quote(path)} — ссылка, которая ведёт за пределы выгрузки. Положите в import_files сам файл.`,
})

export const missing = (path: string): PictureProblem => ({
  code: 'picture_missing',
  detail: `Файла ${quote(path)} нет в папке import_files. Выгрузите картинку из 1С вместе с товаром или скопируйте import_files целиком.`,
})

export const unreadable = (path: string, why: string): PictureProblem => ({
  code: 'picture_missing',
  detail: `Файл ${quote(path)} не читается (${why}). Проверьте права доступа и диск выгрузки или выгрузите картинку из 1С заново.`,
})

export const empty = (path: string): PictureProblem =>
  broken(`Файл ${quote(path)} пуст. Выгрузите картинку из 1С заново.`)

export const notAPicture = (path: string): PictureProblem =>
  broken(
    `Файл ${quote(path)} по содержимому не JPEG, PNG, WebP и не GIF. Замените картинку в 1С на одну из этих и выгрузите снова.`,
  )

export const damaged = (path: string): PictureProblem =>
  broken(`Картинка ${quote(path)} повреждена или обрезана. Загрузите её в 1С заново и выгрузите снова.`)

export const tooManyPixels = (path: string, width: number, height: number): PictureProblem =>
  broken(
    `В картинке ${quote(path)} ${width} × ${height} точек — больше ${MAX_PIXELS / 1e6} мегапикселей. Уменьшите её в 1С и выгрузите снова.`,
  )

export const tooManyBytes = (path: string): PictureProblem =>
  broken(`Файл ${quote(path)} больше ${MAX_BYTES / 1024 / 1024} МБ. Уменьшите картинку в 1С и выгрузите снова.`)

export const changing = (path: string): PictureProblem =>
  broken(`Файл ${quote(path)} менялся во время импорта. Дождитесь конца выгрузки и запустите импорт ещё раз.`)

function broken(detail: string): PictureProblem {
  return { code: 'picture_broken', detail }
}
