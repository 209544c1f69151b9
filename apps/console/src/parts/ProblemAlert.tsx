import { Alert, AlertTitle, Button, Typography } from '@mui/material'
import { type ProblemBody, problemOf } from '../api/problem.ts'
import { words } from '../format/words.ts'

/** What went wrong, with the code to look up and the request to ask the logs for. */
export function ProblemAlert({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const problem = problemOf(error)
  return (
    <Alert
      severity={problem.status >= 500 || problem.status === 0 ? 'error' : 'warning'}
      action={onRetry === undefined ? undefined : <Button onClick={onRetry}>Try again</Button>}
    >
      <AlertTitle>{problem.title}</AlertTitle>
      {problem.detail}
      <Facts problem={problem} />
      <Typography variant="caption" component="div" sx={{ mt: 0.5 }}>
        <code>{problem.code}</code>
        {problem.request_id === '' ? null : (
          <>
            {' · request '}
            <code>{problem.request_id}</code>
          </>
        )}
      </Typography>
    </Alert>
  )
}

/** Members of the problem that every one has; the others are the facts of this refusal. */
const standard: ReadonlySet<string> = new Set([
  'type',
  'title',
  'status',
  'detail',
  'code',
  'retryable',
  'request_id',
])

function Facts({ problem }: { problem: ProblemBody }) {
  const facts = Object.entries(problem).filter(([name]) => !standard.has(name))
  return (
    <>
      {facts.map(([name, value]) => (
        <div key={name}>
          {words(name)}: {String(value)}
        </div>
      ))}
    </>
  )
}
