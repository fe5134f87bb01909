# The identity provider, and with another command the sandbox. Node runs the sources as they are, so
# nothing is built: the first stage only installs the packages.

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings Node 24 already; the one that npm brings for other machines would double its size.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0
COPY package.json LICENSE ./
COPY --from=packages /app/node_modules ./node_modules
COPY src ./src
# Volumes take their owner from these folders. Nothing else is written to.
RUN mkdir -p data/sandbox certs metadata && chmod -R 0700 data certs && chown -R node:node data certs metadata
USER node
VOLUME ["/app/data", "/app/certs", "/app/metadata"]
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["node", "--eval", \
  "fetch(`http://127.0.0.1:${process.env.OPS_PORT || 9464}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--disable-warning=ExperimentalWarning", "src/main.ts"]
