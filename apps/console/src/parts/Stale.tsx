import { Alert, AlertTitle, Box, Button } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import { problemOf } from '../api/problem.ts'

type Versioned = { readonly version: number }

/** The members of a record that people edit, as text. */
export type EditedFields<Row> = readonly (readonly [label: string, text: (row: Row) => string])[]

type Edit<Row> = {
  /** The version that the form edits: a state, at first what the form was opened with. */
  readonly base: Row
  readonly setBase: (now: Row) => void
  /** Where the record is read, below `/api`. */
  readonly path: string
  readonly error: unknown
  /** The refusal of an edit of a version that is no longer in force. */
  readonly code: string
  /** The record as it is read, with its version, where that is not its own. */
  readonly versioned?: (read: Row) => Row
  /** Forgets the refusal. */
  readonly reset: () => void
}

/**
 * Where another edit came first, the record is read again and `now` is what it has become: the form keeps what was typed, and
 * `follow` lets it edit the new version.
 */
export function useEditedVersion<Row extends Versioned>(edit: Edit<Row>) {
  const { base, setBase, path, error, code, reset, versioned = (read: Row) => read } = edit
  const api = useDataProvider<ConsoleDataProvider>()
  const isStale = error !== null && problemOf(error).code === code
  const { data } = useQuery<Row>({
    queryKey: [path.split('/')[0], 'changed', path, base.version],
    queryFn: async () => versioned(await api.get<Row>(path)),
    enabled: isStale,
    retry: false,
  })
  const now = isStale && data !== undefined && data.version !== base.version ? data : undefined
  const follow = () => {
    if (now !== undefined) setBase(now)
    reset()
  }
  return { base, isStale, now, follow }
}

type StaleNoticeProps<Row extends Versioned> = {
  readonly edit: ReturnType<typeof useEditedVersion<Row>>
  readonly fields: EditedFields<Row>
}

/** What another person changed since the form was opened, and the button that lets this edit follow it. */
export function StaleNotice<Row extends Versioned>({ edit, fields }: StaleNoticeProps<Row>) {
  const { base, now, follow } = edit
  if (now === undefined) return null
  return (
    <ChangedMeanwhile
      fields={fields}
      base={base}
      now={now}
      since="you opened this form"
      action={<Button onClick={follow}>Keep mine and go on</Button>}
    >
      What you typed is kept. It replaces these values when you save.
    </ChangedMeanwhile>
  )
}

type ChangedMeanwhileProps<Row> = {
  readonly fields: EditedFields<Row>
  readonly base: Row
  readonly now: Row
  /** Since when. */
  readonly since: string
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** The fields that another person has changed, as they were and as they are. */
export function ChangedMeanwhile<Row>(props: ChangedMeanwhileProps<Row>) {
  const { fields, base, now, since, action, children } = props
  const changed = fields.filter(([, text]) => text(base) !== text(now))
  return (
    <Alert severity="info" action={action}>
      <AlertTitle>Changed since {since}</AlertTitle>
      <Box component="dl" aria-label="Changed meanwhile" sx={{ m: 0 }}>
        {changed.map(([label, text]) => (
          <div key={label}>
            <Box component="dt" sx={{ display: 'inline', fontWeight: 600 }}>
              {label}:{' '}
            </Box>
            <Box component="dd" sx={{ display: 'inline', m: 0 }}>
              {text(base)} → {text(now)}
            </Box>
          </div>
        ))}
      </Box>
      {changed.length === 0 ? 'None of the fields of this form. ' : ''}
      {children}
    </Alert>
  )
}
