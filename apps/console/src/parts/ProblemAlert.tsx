import { Alert, AlertTitle, Button, Typography } from '@mui/material'
import { type ProblemBody, problemOf } from '../api/problem.ts'
import type { Money } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { words } from '../format/words.ts'

/** An error with its code and request id, which the documentation and the logs explain. */
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
            {' · Request '}
            <code>{problem.request_id}</code>
          </>
        )}
      </Typography>
    </Alert>
  )
}

/** The members that every problem has, and `errors`, which `detail` says in words. The others are facts of this one. */
const standard: ReadonlySet<string> = new Set([
  'type',
  'title',
  'status',
  'detail',
  'code',
  'retryable',
  'request_id',
  'errors',
])

function Facts({ problem }: { problem: ProblemBody }) {
  const facts = Object.entries(problem).filter(([name]) => !standard.has(name))
  return (
    <>
      {facts.map(([name, value]) => (
        <div key={name}>
          {words(name)}: {factText(value)}
        </div>
      ))}
    </>
  )
}

function factText(value: unknown): string {
  return isMoney(value) ? moneyText(value) : String(value)
}

function isMoney(value: unknown): value is Money {
  return typeof value === 'object' && value !== null && 'amount_minor' in value && 'currency' in value
}
