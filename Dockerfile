# The gateway in one image. Keys and data are volumes, apart from each other; the root file system may be read-only:
#   docker build -t smev-gateway .
#   docker run --read-only -p 8080:8080 -v data:/data -v keys:/keys -e GATEWAY_HOST=0.0.0.0 \
#     -e GATEWAY_JOURNAL_ORIGIN=smev.example.org/journal -e GATEWAY_TRUSTED_PROXY=10.0.0.1 smev-gateway
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has its own Node 24: the packaged one is left uninstalled by ignoring install scripts.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY src src
COPY adapters adapters
COPY certs-dev certs-dev
COPY test test
COPY bench bench
COPY examples examples
COPY scripts scripts
RUN node node_modules/typescript/bin/tsc -p tsconfig.json \
 && rm -rf dist/test dist/bench dist/examples dist/scripts dist/.tsbuildinfo \
 && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends tini && rm -rf /var/lib/apt/lists/* \
 && mkdir -p /data /keys && chown node:node /data /keys && chmod 700 /data /keys
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY bin bin
COPY xsd xsd
COPY wsdl wsdl
COPY migrations migrations
ENV NODE_ENV=production GATEWAY_DATA=/data GATEWAY_KEYS=/keys
USER node
VOLUME ["/data", "/keys"]
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
  CMD ["node", "-e", "const tls = Boolean(process.env.GATEWAY_TLS_CERT); require(tls ? 'https' : 'http').get({ host: '127.0.0.1', port: process.env.GATEWAY_PORT || 8080, path: '/health/live', rejectUnauthorized: false }, (r) => process.exit(r.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "--disable-warning=ExperimentalWarning", "dist/src/main.js"]
