package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"runtime/debug"
	"strings"

	"github.com/conflictmap/conflictmap/data"
	"github.com/conflictmap/conflictmap/data/seed"
	"github.com/conflictmap/conflictmap/server"
	"github.com/conflictmap/conflictmap/web"
)

type serveCommand struct {
	Addr               string `default:"localhost:8080" help:"Address to listen on. :8080 for all of the machine's; port 0 for any free one." placeholder:"HOST:PORT"`
	DB                 string `name:"db" default:"conflictmap.db" help:"The store: one file, made where there is none." placeholder:"FILE"`
	Title              string `default:"Conflict map of northern Shan State" help:"Title of the map and the API."`
	NoSeed             bool   `help:"Do not bring in the built-in dataset (northern Shan State, 2023-2024)."`
	BaseMap            string `help:"Tile URL to draw instead of the built-in base map: https://host/{z}/{x}/{y}.png. Readers' browsers then load tiles from that host." placeholder:"URL"`
	BaseMapAttribution string `help:"Whom the tiles are owed to; needed with --base-map." placeholder:"TEXT"`
	PublicURL          string `help:"The server's address as readers know it, for links, when it stands behind a proxy: https://map.example.org." placeholder:"URL"`
	FrameAncestors     string `default:"*" help:"Who may embed the page, as in a Content-Security-Policy: * for all, 'none', or https://news.example." placeholder:"SOURCES"`
	CacheSeconds       int    `default:"0" help:"How long caches may give an answer again without asking whether it still holds: what is withdrawn stays readable there for as long." placeholder:"N"`
	LogFormat          string `enum:"text,json" default:"text" help:"Format of the log on stderr: ${enum}."`
}

// Run serves until the context ends.
func (cmd *serveCommand) Run(ctx context.Context, p program) (err error) {
	if err := cmd.check(); err != nil {
		return err
	}
	lines := &gatheringWriter{to: p.stderr}
	defer func() { err = errors.Join(err, lines.Close()) }()
	log := slog.New(slog.NewTextHandler(lines, nil))
	if cmd.LogFormat == "json" {
		log = slog.New(slog.NewJSONHandler(lines, nil))
	}
	catalog, err := data.Open(cmd.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, catalog.Close()) }()
	if !cmd.NoSeed {
		applied, err := seed.Apply(ctx, catalog)
		if err != nil {
			return fmt.Errorf("built-in dataset: %w", err)
		}
		log.Info("built-in dataset", "added", applied.Added, "changed", applied.Changed, "unchanged", applied.Unchanged)
	}
	saved := make(chan struct{})
	go func() {
		defer close(saved)
		saveIndex(catalog, log)
	}()
	defer func() {
		<-saved
		saveIndex(catalog, log)
	}()
	defer keepSmall()()
	config := server.Config{Catalog: catalog, Log: log, Page: web.Page(), Title: cmd.Title, Version: version,
		PublicURL: strings.TrimSuffix(cmd.PublicURL, "/"), FrameAncestors: cmd.FrameAncestors, CacheSeconds: cmd.CacheSeconds}
	if cmd.BaseMap != "" {
		config.BaseMap = &server.BaseMap{URL: cmd.BaseMap, Attribution: cmd.BaseMapAttribution}
	}
	if config.Page == nil {
		log.Warn("built without the page: make build makes it")
	}
	s, err := server.New(config)
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", cmd.Addr)
	if err != nil {
		return err
	}
	log.Info("serving", "addr", listener.Addr().String(), "url", "http://"+displayHost(listener.Addr()), "db", cmd.DB, "change", catalog.View().Seq)
	return s.Serve(ctx, listener)
}

// saveIndex saves the index for the next start.
func saveIndex(catalog *data.Catalog, log *slog.Logger) {
	if err := catalog.SaveIndex(); err != nil {
		log.Warn("the next start will take longer", "error", err)
	}
}

// garbagePercent is how much garbage may lie around what is in use before it is
// collected. What is in use is few and large lists without pointers, which cost
// little to look through.
const garbagePercent = 50

// keepSmall gives back what the start needed and the server does not, and keeps it
// small, unless the operator says by GOGC how it is to be.
func keepSmall() (restore func()) {
	debug.FreeOSMemory()
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	before := debug.SetGCPercent(garbagePercent)
	return func() { debug.SetGCPercent(before) }
}

// maxCacheSeconds is a year.
const maxCacheSeconds = 365 * 24 * 60 * 60

func (cmd *serveCommand) check() error {
	if (cmd.BaseMap == "") != (cmd.BaseMapAttribution == "") {
		return errors.New("--base-map and --base-map-attribution go together: tiles are shown with whom they are owed to")
	}
	if cmd.CacheSeconds < 0 || cmd.CacheSeconds > maxCacheSeconds {
		return fmt.Errorf("--cache-seconds %d is not a number from 0 to %d", cmd.CacheSeconds, maxCacheSeconds)
	}
	if cmd.PublicURL != "" {
		u, err := url.Parse(cmd.PublicURL)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || u.RawQuery != "" {
			return fmt.Errorf("--public-url %q is not an http or https URL", cmd.PublicURL)
		}
	}
	return nil
}

// displayHost is an address that a person can open: a server that listens on all
// addresses is at localhost too.
func displayHost(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	if ip := net.ParseIP(host); ip != nil && (ip.IsUnspecified() || ip.IsLoopback()) {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
