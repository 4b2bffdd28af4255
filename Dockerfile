# The page, the program, then only the program. See docs/docker.md.
ARG NODE_IMAGE=docker.io/library/node:22-bookworm-slim
ARG GO_IMAGE=docker.io/library/golang:1.26-bookworm

FROM ${NODE_IMAGE} AS page
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY web ./
RUN npm run --silent build

FROM ${GO_IMAGE} AS program
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY cmd cmd
COPY data data
COPY geo geo
COPY server server
COPY web/*.go web/dist.md web/
COPY --from=page /src/web/dist web/dist
ARG VERSION=dev
# Time zones go into the program, so that the last stage needs no files for them.
RUN CGO_ENABLED=0 go build -trimpath -tags timetzdata -ldflags "-s -w -X main.version=${VERSION}" -o /out/conflictmap ./cmd/conflictmap \
 && mkdir -p /out/data

FROM scratch
ARG VERSION=dev
LABEL org.opencontainers.image.title="conflictmap" \
      org.opencontainers.image.description="A conflict map in one program and one file: places, areas and events as GeoJSON and on a map." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="MIT"
COPY --from=program /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=program /out/conflictmap /conflictmap
COPY --from=program --chown=65532:65532 /out/data /data
USER 65532:65532
VOLUME /data
ENV CONFLICTMAP_DB=/data/conflictmap.db CONFLICTMAP_ADDR=:8080
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/conflictmap", "health"]
ENTRYPOINT ["/conflictmap"]
CMD ["serve"]
