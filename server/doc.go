// Package server answers HTTP: request -> filter -> catalog -> answer. Its
// resource paths follow OGC API - Features.
package server
