import { readdirSync } from 'node:fs'
import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'
import { STATIC_HEADERS } from './lib/security-headers'

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts')

/** No form of ours comes near; without a limit a request is held in memory up to 10 MB before anybody is asked. */
const LARGEST_BODY = '256kb'

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
  poweredByHeader: false,
  devIndicators: false,
  // The pictures are ours, and have thumbnails: nothing is to be resized on request.
  images: { unoptimized: true },
  // Whoever asks gets a page's title with the page. Streamed, it comes after a refresh as a boundary of its own, and the
  // tab stood without a title for React's 300 ms in about one refresh of twenty.
  htmlLimitedBots: /.*/,
  experimental: {
    // A refresh that meets a dead server is tried again; else Next.js would load the page anew, and it would be gone.
    useOffline: true,
    authInterrupts: true,
    proxyClientMaxBodySize: LARGEST_BODY,
    serverActions: { bodySizeLimit: LARGEST_BODY },
  },
  // The rest, which differs from answer to answer, is middleware.ts's.
  headers: async () => [
    { source: '/:path*', headers: Object.entries(STATIC_HEADERS).map(([key, value]) => ({ key, value })) },
  ],
} satisfies NextConfig)
