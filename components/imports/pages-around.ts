/** The page numbers worth a link: the first, the last, and those next to the current one. */
export function pagesAround(page: number, pages: number): number[] {
  const near = [1, page - 1, page, page + 1, pages].filter((number) => number >= 1 && number <= pages)
  return [...new Set(near)].sort((a, b) => a - b)
}
