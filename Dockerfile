# syntax=docker/dockerfile:1
# Targets: web (default), worker, migrate. Built once for all three: docker compose build
# The current LTS; CI tests the oldest Node that is supported as well.
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json prisma.config.ts tsconfig.json ./
COPY prisma ./prisma
COPY scripts/generate-client.ts ./scripts/
# The install generates the Prisma client; it needs no database and no other network than the npm registry.
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY . .
RUN NEXT_OUTPUT=standalone npm run build \
 && npm run build:worker \
 && mkdir -p public

FROM node:${NODE_VERSION}-bookworm-slim AS base
# tini hands signals on and reaps; ca-certificates for a PostgreSQL behind TLS.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production MEDIA_DIR=/media ONEC_DATA_DIR=/export
# Both are mounted; made here so that a new volume belongs to the one who runs.
RUN mkdir /media /export && chown node:node /media
USER node
ENTRYPOINT ["tini", "--"]

FROM base AS worker
COPY --from=build --chown=root:root /app/.worker ./
ENV WORKER_PORT=3001
EXPOSE 3001
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3001/health').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Ten seconds and a few more are what a running import may take to be handed back.
STOPSIGNAL SIGTERM
CMD ["node", "--max-semi-space-size=4", "--max-old-space-size=256", "--enable-source-maps", "worker.mjs"]

FROM worker AS migrate
HEALTHCHECK NONE
CMD ["node", "migrate.mjs"]

FROM base AS web
COPY --from=build --chown=root:root /app/.next/standalone ./
COPY --from=build --chown=root:root /app/.next/static ./.next/static
COPY --from=build --chown=root:root /app/public ./public
ENV PORT=3000 HOSTNAME=0.0.0.0
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.js"]
