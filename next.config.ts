import { readdirSync } from 'node:fs'
import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts')

const securityHeaders = [
  {
    key: 'Content-Security-Policy',
    value: "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'",
  },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
]

const migrations = readdirSync('prisma/migrations', { withFileTypes: true }).filter((entry) => entry.isDirectory())

export default withNextIntl({
  // What /api/health/ready looks for in the database; fixed at the build, whose output has no folder of migrations.
  env: {
    NEWEST_MIGRATION:
      migrations
        .map(({ name }) => name)
        .sort()
        .at(-1) ?? '',
  },
  // One folder with all the web process needs, for the Docker image; `next start` wants an ordinary build.
  ...(process.env.NEXT_OUTPUT === 'standalone' ? { output: 'standalone' as const } : {}),
  // Tests and a second server beside a running one build into a directory of their own.
  distDir: process.env.NEXT_DIST_DIR || '.next',
  // What the web process is made of; Next.js rewrites a config that extends no other.
  typescript: { tsconfigPath: 'tsconfig.web.json' },
  // A lock file further up must not move the root of the build.
  turbopack: { root: import.meta.dirname },
  // A refresh that meets a dead server is tried again; else Next.js would load the page anew, and it would be gone.
  experimental: { useOffline: true },
  poweredByHeader: false,
  devIndicators: false,
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
} satisfies NextConfig)
