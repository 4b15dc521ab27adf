# Votix in a container: the official Node, the sources that it runs and what they need. No npm, no compiler, not root.
# BASE may be pinned further: --build-arg BASE=docker.io/library/node:24.21.0-bookworm-slim@sha256:…
ARG BASE=docker.io/library/node:24.21.0-bookworm-slim

FROM ${BASE} AS build
WORKDIR /build
COPY . .
# prune forgets what only building needs; the base brings its own Node.
RUN npm ci \
 && npm run build \
 && npm run sbom -- sbom.cdx.json \
 && npm prune --omit=dev --include=optional \
 && rm -rf node_modules/node-linux-* node_modules/.bin node_modules/.package-lock.json
# Without the sources of the browser's programs, the server takes those that are made.
RUN mkdir -p /image/packages/browser /image/packages/protocol /image/packages/offline \
 && cp -R package.json LICENSE sbom.cdx.json node_modules /image \
 && cp -R packages/server /image/packages \
 && cp -R packages/browser/package.json packages/browser/dist /image/packages/browser \
 && cp -R packages/protocol/package.json packages/protocol/src /image/packages/protocol \
 && cp -R packages/offline/package.json packages/offline/bin packages/offline/dist /image/packages/offline \
 && chmod -R u=rwX,go=rX /image

FROM ${BASE}
# `votix` is the command of the operator: docker compose exec votix votix --help
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
      /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-* /root/.npm \
 && ln -s /app/packages/server/bin/votix.mjs /usr/local/bin/votix \
 && ln -s /app/packages/offline/dist/votix-offline.mjs /usr/local/bin/votix-offline \
 && mkdir -p /app/data /app/logs \
 && chown 1000:1000 /app/data /app/logs \
 && chmod 700 /app/data /app/logs
COPY --from=build /image /app
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=5000 DATA_DIR=/app/data LOG_DIR=/app/logs
# The official image's user `node`, as a number: so that it can be checked from outside.
USER 1000:1000
EXPOSE 5000
VOLUME ["/app/data", "/app/logs"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["votix", "healthcheck"]
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=40", "packages/server/bin/start.mjs"]
