# make lists the targets. Needs Go and Node; what else a target needs it fetches.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
ADDR ?= localhost:8080
FUZZTIME ?= 20s
SCALES ?= 10000 100000 1000000
BENCH_OUT ?= docs/benchmarks.md
BUILDER ?= $(firstword $(shell command -v docker podman buildah) docker)
GOTESTSUM := go tool gotestsum --format pkgname-and-test-fails --hide-summary=output
# The race detector needs a C compiler.
RACE := $(shell command -v gcc >/dev/null && go env CGO_ENABLED | grep -q 1 && echo -race)

PAGE := web/dist/index.html
PAGE_SOURCES := $(shell find web/src web/public web/tools/basemap.mjs web/index.html web/vite.config.ts web/tsconfig.json web/package.json -type f ! -name basemap.json ! -name '*.test.ts')
NODE_MODULES := web/node_modules/.package-lock.json

.PHONY: help run build page test test-go test-web test-e2e tools lint fuzz bench image screenshots outlines clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## build, and serve the map with the built-in dataset on http://$(ADDR)
	./bin/conflictmap serve --addr $(ADDR)

build: $(PAGE) ## build the program, page included, at bin/conflictmap
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/conflictmap ./cmd/conflictmap

page: $(PAGE) ## build the page at web/dist

$(PAGE): $(NODE_MODULES) $(PAGE_SOURCES)
	cd web && npm run --silent build

$(NODE_MODULES): web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	@touch $@

test: tools build test-go test-web test-e2e ## run every test (installs Chromium and GDAL from Debian where it may)

test-go: build ## the Go tests, in random order and with the race detector
	@test -n "$(RACE)" || { echo "SKIP race detector: it needs gcc"; test "$${CI:-}" != true; }
	$(GOTESTSUM) -- $(RACE) -shuffle=on ./...

test-web: $(NODE_MODULES) $(PAGE) ## the page's own tests and its size
	cd web && npm test --silent && npm run --silent budget

test-e2e: build ## the page in a real browser
	@if [ -x "$${CHROMIUM:-/usr/bin/chromium}" ]; then cd web && npm run --silent e2e; \
	else echo "SKIP browser tests: there is no $${CHROMIUM:-/usr/bin/chromium}"; test "$${CI:-}" != true; fi

tools: # what the tests need from Debian, where it is missing and may be installed
	@.ci/tools

lint: $(NODE_MODULES) ## formatting, vet, staticcheck, tsc, eslint
	@unformatted=$$(gofmt -l cmd data geo server web/*.go); test -z "$$unformatted" || { echo "gofmt: $$unformatted"; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	cd web && npx tsc --noEmit && npm run --silent lint

fuzz: ## every fuzz target for FUZZTIME (20s) each
	@for package in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
	    echo "$$package $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x $$package; done; done

bench: build ## import, start, memory and speed with SCALES events, asked from outside by wrk; writes BENCH_OUT, docs/benchmarks.md
	@.ci/tools wrk
	go run ./cmd/bench --out $(BENCH_OUT) $(SCALES)

image: ## build the container image conflictmap (docker, podman or buildah)
	$(BUILDER) build $(if $(findstring buildah,$(BUILDER)),--format docker) $(foreach a,NODE_IMAGE GO_IMAGE,$(if $($(a)),--build-arg $(a)=$($(a)))) --build-arg VERSION=$(VERSION) -t conflictmap .

screenshots: build ## take the pictures that a change of the page is judged by, and the README's
	cd web && npm run --silent screenshots

outlines: $(NODE_MODULES) ## make data/seed/areas.geojson anew from Natural Earth
	cd web && npm run --silent outlines

clean: ## remove what was built
	rm -rf bin web/dist web/public/basemap.json web/test-results
