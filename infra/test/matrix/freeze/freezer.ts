import { type ChildProcess, spawn } from 'node:child_process'

/** Longer than anything is to be stopped. */
const THAWED_AFTER_SECONDS = 150

/** Stops processes (SIGSTOP), until the function that it returns is called: the parent first, and it continues last. */
export function freeze(pids: readonly number[]): () => void {
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  const guard = thawLater(pids)
  return () => {
    guard.kill('SIGTERM')
    for (const pid of pids.toReversed()) process.kill(pid, 'SIGCONT')
  }
}

/** If this process is killed before it continues them, another one does: a stopped process cannot be ended gently. */
function thawLater(pids: readonly number[]): ChildProcess {
  const command = `sleep ${THAWED_AFTER_SECONDS}; kill -CONT ${pids.toReversed().join(' ')}`
  const guard = spawn('sh', ['-c', command], { detached: true, stdio: 'ignore' })
  guard.unref()
  return guard
}
