import { Alert, AlertTitle, Box, Button } from '@mui/material'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useDataProvider } from 'react-admin'
import type { ConsoleDataProvider } from '../api/data-provider.ts'
import { problemOf } from '../api/problem.ts'
import { useAction } from './hooks.ts'

type Versioned = { readonly version: number }

/** The members of a record that people edit, as text. */
export type EditedFields<Row> = readonly (readonly [label: string, text: (row: Row) => string])[]

type VersionedEdit<Values, Row, Answer> = {
  /** The record that the form was opened with. */
  readonly record: Row
  /** Where the record is read, below `/api`. */
  readonly path: string
  /** The refusal of an edit of a version that is no longer in force. */
  readonly code: string
  readonly send: (api: ConsoleDataProvider, values: Values, version: number) => Promise<Answer>
  readonly done: (answer: Answer) => string
  readonly onDone?: (answer: Answer) => void
  /** The record as it is read, with its version, where that is not its own. */
  readonly versioned?: (read: Row) => Row
  /** The record after a save, where the form stays open. */
  readonly after?: (answer: Answer) => Row
}

/**
 * Saves an edit of the version that the form was opened with. Where another edit came first, the record is read again and `now` is what it
 * has become: the form keeps what was typed, and `follow` lets it edit the new version.
 */
export function useVersionedEdit<Values, Row extends Versioned, Answer>(
  edit: VersionedEdit<Values, Row, Answer>,
) {
  const { record, path, code, send, done, onDone, versioned = (read: Row) => read, after } = edit
  const api = useDataProvider<ConsoleDataProvider>()
  const [base, setBase] = useState(record)
  const save = useAction<Values, Answer>({
    send: (to, values) => send(to, values, base.version),
    done,
    onDone: (answer) => {
      if (after !== undefined) setBase(after(answer))
      onDone?.(answer)
    },
  })
  const isStale = save.error !== null && problemOf(save.error).code === code
  const { data } = useQuery<Row>({
    queryKey: [path.split('/')[0], 'changed', path, base.version],
    queryFn: async () => versioned(await api.get<Row>(path)),
    enabled: isStale,
    retry: false,
  })
  const now = isStale && data !== undefined && data.version !== base.version ? data : undefined
  const follow = () => {
    if (now !== undefined) setBase(now)
    save.reset()
  }
  return { save, edit: { base, isStale, now, follow } }
}

type StaleNoticeProps<Row extends Versioned> = {
  readonly edit: {
    readonly base: Row
    readonly now: Row | undefined
    readonly follow: () => void
  }
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
