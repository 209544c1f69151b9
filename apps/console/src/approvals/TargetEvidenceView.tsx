import { Box, Skeleton, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import type { TargetEvidence } from '../api/types.ts'
import { twoClocks, wallTime } from '../format/time.ts'
import { words } from '../format/words.ts'
import { ProblemAlert } from '../parts/ProblemAlert.tsx'
import { TimeText, WindowText } from '../parts/texts.tsx'

/** What is known of a target. Both people who decide its outcome see the same. */
export function useTargetEvidence(targetId: string) {
  const api = useDataProvider<ConsoleDataProvider>()
  return useQuery<TargetEvidence>({
    queryKey: ['backorders', 'evidence', targetId],
    queryFn: () => api.get(`targets/${encodeURIComponent(targetId)}/evidence`),
    retry: false,
  })
}

export function TargetEvidenceView({ targetId }: { targetId: string }) {
  const { data, error, refetch } = useTargetEvidence(targetId)
  if (error !== null) return <ProblemAlert error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton variant="rounded" height={120} aria-label="Loading" />
  return <Evidence evidence={data} />
}

function Evidence({ evidence }: { evidence: TargetEvidence }) {
  const { answers, messages, observed, prior_clid, prior_cr_date, drop_from, drop_to } = evidence
  return (
    <Box role="group" aria-label="What is known" sx={{ border: 1, borderColor: 'divider', borderRadius: 1 }}>
      <Part title={`What ${evidence.registry_id} answered`}>
        {answers.length === 0 ? (
          <Muted>No command was sent for this name.</Muted>
        ) : (
          <Answers answers={answers} />
        )}
      </Part>
      <Part title="Drop window">
        <WindowText from={drop_from} to={drop_to} />
      </Part>
      <Part title="Registration before">
        {prior_clid === undefined ? 'Not read' : `Registrar ${prior_clid}`}
        {prior_cr_date === undefined ? '' : `, created on ${prior_cr_date.slice(0, 10)}`}
      </Part>
      {observed.map(({ kind, at_from, at_to, evidence: text }) => (
        <Part key={kind} title={`Release seen by ${words(kind).toLowerCase()}`}>
          {at_from === undefined ? (
            <>
              Before <TimeText at={at_to} precision="milliseconds" />
            </>
          ) : (
            <WindowText from={at_from} to={at_to} precision="milliseconds" />
          )}{' '}
          <Muted>{text}</Muted>
        </Part>
      ))}
      <Part title="Messages of the registry">
        {messages.length === 0 ? <Muted>None about this name.</Muted> : null}
        {messages.map(({ message_id, received_at, text }) => (
          <div key={message_id}>
            {utcText(received_at)}: {text}
          </div>
        ))}
      </Part>
    </Box>
  )
}

function Answers({ answers }: { answers: TargetEvidence['answers'] }) {
  const accounts = new Set(answers.map(({ registry_account_id }) => registry_account_id))
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label="Answers" sx={{ overflowWrap: 'normal' }}>
        <TableHead>
          <TableRow>
            <TableCell>Command</TableCell>
            <TableCell>Answer</TableCell>
            <TableCell align="right">Times</TableCell>
            <TableCell>Sent (UTC)</TableCell>
            {accounts.size > 1 ? <TableCell>Account</TableCell> : null}
          </TableRow>
        </TableHead>
        <TableBody>
          {answers.map((answer) => (
            <TableRow
              key={`${answer.registry_account_id} ${answer.command} ${answer.outcome} ${answer.code} ${answer.message}`}
            >
              <TableCell>{answer.command}</TableCell>
              <TableCell>
                {answer.code === undefined ? (
                  <em>{answer.outcome === 'not_sent' ? 'Not sent' : 'No answer'}</em>
                ) : (
                  <code>{answer.code}</code>
                )}{' '}
                {answer.message}
              </TableCell>
              <TableCell align="right">{answer.count}</TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>
                {wallTime(answer.first_at, 'UTC', 'milliseconds')}
                {answer.count === 1 ? '' : ` – ${wallTime(answer.last_at, 'UTC', 'milliseconds')}`}
              </TableCell>
              {accounts.size > 1 ? <TableCell>{answer.registry_account_id}</TableCell> : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box sx={{ px: 2, py: 1, borderBottom: 1, borderColor: 'divider', '&:last-child': { borderBottom: 0 } }}>
      <Typography variant="caption" color="textSecondary" component="div">
        {title}
      </Typography>
      <Box sx={{ overflowWrap: 'anywhere' }}>{children}</Box>
    </Box>
  )
}

function Muted({ children }: { children: ReactNode }) {
  return (
    <Typography component="span" color="textSecondary">
      {children}
    </Typography>
  )
}

/** `2026-11-29 20:12:40 UTC`. */
function utcText(at: string): string {
  return twoClocks(at, 'UTC').utc
}
