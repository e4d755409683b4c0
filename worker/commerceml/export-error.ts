/** A file that cannot be imported as a whole: nothing of the session is applied. The message is for the operator. */
export class ExportError extends Error {
  override name = 'ExportError'
}

/** The message of a file that cannot be read on: where it broke, why, and what to do. */
export const brokenFile = (file: string, line: number, column: number, why: string): ExportError =>
  new ExportError(
    `Файл ${file} повреждён: строка ${line}, столбец ${column}: ${why}. ` +
      'Ничего не изменено. Выгрузите файл из 1С заново и запустите импорт ещё раз.',
  )
