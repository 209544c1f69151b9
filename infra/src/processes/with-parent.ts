// Loaded into every app before its main: when the launcher dies without a word, the app drains and ends too.

/** As long as the launcher itself would wait; after that the app is not draining but stuck. */
const drainMsMax = 15_000

process.on('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), drainMsMax).unref()
  process.kill(process.pid, 'SIGTERM')
})
// Listening alone must not keep a drained app alive.
process.channel?.unref()
