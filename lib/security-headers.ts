/** What a policy depends on. */
interface Surroundings {
  /** Fresh for every answer, in base64. */
  nonce: string
  /** Development: React and the bundler evaluate code there, and write styles without a nonce. */
  dev: boolean
  /** People reach the site over https. */
  https: boolean
}

/** For pages: scripts of ours only, each with this answer's nonce, and what those load themselves. */
export function pagePolicy({ nonce, dev, https }: Surroundings): string {
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    dev ? `style-src 'self' 'unsafe-inline'` : `style-src 'self' 'nonce-${nonce}'`,
    // A bar's length is a style attribute; it comes from React, which writes no texts there.
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self'`,
    `font-src 'self'`,
    `connect-src 'self'${dev ? ' ws:' : ''}`,
    `worker-src 'self'`,
    `manifest-src 'self'`,
    `object-src 'none'`,
    `frame-src 'none'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}

/** For everything that is no page (JSON, CSV, pictures): opened as one, it may do nothing. */
export const FILE_POLICY = `default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox`

/** What every answer carries, files of the build included. */
export const STATIC_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), serial=(), usb=()',
} as const

/** Two years, as browsers' preload lists ask; only where people come by https, or they could come no more. */
export const STRICT_TRANSPORT = 'max-age=63072000; includeSubDomains'
