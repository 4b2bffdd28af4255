-- Asks for the paths in the file that is the first argument, at random, in each
-- run the same ones in the same order.
--
-- With "record" as the second argument, for one connection, it tells the time of
-- every answer. wrk's own percentiles count a slow answer once more for each
-- request that could have been sent meanwhile. That is right for a crowd; where
-- one reader asks one thing after another, it makes slow what is not.
local threads = {}
local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds, nanoseconds; } bench_time; int clock_gettime(int clock, bench_time *t);")
local time = ffi.new("bench_time")
local monotonic = 1

local function now()
  ffi.C.clock_gettime(monotonic, time)
  return tonumber(time.seconds) * 1e6 + tonumber(time.nanoseconds) / 1e3
end

local at, started

local function record(status, _, body)
  samples[#samples + 1] = at - 1
  samples[#samples + 1] = now() - started
  if status > 299 and failure == "" then
    failure = status .. " " .. paths[at] .. " " .. body:sub(1, 1000):gsub("%s+", " ")
  end
end

-- Globals, since only those can be read at the end: paths, requests, samples, failure.
function init(arguments)
  math.randomseed(1)
  paths, requests, samples, failure = {}, {}, {}, ""
  for path in io.lines(arguments[1]) do
    table.insert(paths, path)
    table.insert(requests, wrk.format("GET", path))
  end
  if arguments[2] == "record" then response = record end
end

function request()
  at = math.random(#requests)
  if response then started = now() end
  return requests[at]
end

function setup(thread) table.insert(threads, thread) end

function done(summary, latency)
  local e = summary.errors
  print(string.format("bench: requests %d us %d p50 %d p99 %d status %d connect %d read %d write %d timeout %d", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), e.status, e.connect, e.read, e.write, e.timeout))
  for _, thread in ipairs(threads) do
    local failed = thread:get("failure")
    if failed ~= "" then print("failure: " .. failed) end
    local taken = thread:get("samples")
    for i = 1, #taken, 2 do print(string.format("sample: %d %.0f", taken[i], taken[i + 1])) end
  end
end
