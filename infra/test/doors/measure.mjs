import { monitorEventLoopDelay } from 'node:perf_hooks'

// Loaded into a server before it by `--import`, for its tests alone: what it takes in memory and how late its event loop
// runs, asked over the channel of its parent. The product knows nothing of it.

const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()

/** Two collections: what the first lets go of may hold more. Needs `--expose-gc`. */
function used() {
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { heapBytes: heapUsed + external, rssBytes: rss }
}

process.on('message', (asked) => {
  // Before the collections, which keep the loop waiting too.
  const delayP99Ms = delay.percentile(99) / 1e6
  const delayMaxMs = delay.max / 1e6
  process.send({ ...used(), delayP99Ms, delayMaxMs })
  if (asked === 'reset') delay.reset()
})
process.channel?.unref()
