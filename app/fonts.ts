import localFont from 'next/font/local'

// Two files of one family; each declares the characters it has, as the package's own style sheet does.
const cyrillic = localFont({
  src: '../node_modules/@fontsource-variable/golos-text/files/golos-text-cyrillic-wght-normal.woff2',
  variable: '--font-golos-cyrillic',
  weight: '400 900',
  adjustFontFallback: false,
  declarations: [{ prop: 'unicode-range', value: 'U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116' }],
})

const latin = localFont({
  src: '../node_modules/@fontsource-variable/golos-text/files/golos-text-latin-wght-normal.woff2',
  variable: '--font-golos-latin',
  weight: '400 900',
  adjustFontFallback: false,
  declarations: [
    { prop: 'unicode-range', value: 'U+0000-00FF,U+0131,U+0152-0153,U+2000-206F,U+2122,U+2191-2193,U+2212' },
  ],
})

/** The classes that bring Golos Text, for the root element. */
export const fontClasses = `${cyrillic.variable} ${latin.variable}`
