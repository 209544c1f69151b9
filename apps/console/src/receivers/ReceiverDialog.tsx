import { type AlarmKind, alarmKinds, alarmTable, alarmWords } from '@droplock/rules/alarms'
import { type ReceiverKind, receiverKinds } from '@droplock/rules/notifications'
import { Checkbox, FormControlLabel, MenuItem, TextField } from '@mui/material'
import { useState } from 'react'
import type { Receiver } from '../api/types.ts'
import { words } from '../format/words.ts'
import { useAction } from '../parts/hooks.ts'
import { ReasonField } from '../parts/ReasonDialog.tsx'
import { SendDialog } from '../parts/SendDialog.tsx'

const urgentKinds = alarmKinds.filter((kind) => alarmTable[kind].severity === 'urgent')

/** `urgent` is a choice of kinds: those that are urgent today. */
type Choice = 'all' | 'urgent' | 'some'

const choices: Readonly<Record<Choice, string>> = {
  all: 'All kinds',
  urgent: 'Urgent kinds',
  some: 'Selected kinds',
}

type Draft = {
  readonly kind: ReceiverKind
  readonly address: string
  readonly secretName: string
  readonly choice: Choice
  readonly kinds: readonly AlarmKind[]
  readonly onClose: boolean
}

function draftOf(receiver: Receiver | undefined): Draft {
  const kinds = receiver?.alarm_kinds
  return {
    kind: receiver?.kind ?? 'mail',
    address: receiver?.address ?? '',
    secretName: receiver?.secret_name ?? '',
    choice: kinds === undefined ? 'all' : 'some',
    kinds: kinds ?? [],
    onClose: receiver?.on_close ?? true,
  }
}

function termsOf({ kind, secretName, choice, kinds, onClose }: Draft) {
  return {
    ...(choice === 'urgent' && { alarm_kinds: urgentKinds }),
    ...(choice === 'some' && { alarm_kinds: kinds }),
    on_close: onClose,
    ...(kind === 'webhook' && { secret_name: secretName.trim() }),
  }
}

type ReceiverDialogProps = {
  /** Left out: a new one. */
  readonly receiver?: Receiver
  readonly onClose: () => void
}

/** Adds a receiver, or changes what it is notified of: another address is another receiver. */
export function ReceiverDialog({ receiver, onClose }: ReceiverDialogProps) {
  const [draft, setDraft] = useState(draftOf(receiver))
  const [reason, setReason] = useState('')
  const address = draft.address.trim()
  const save = useAction<void, Receiver>({
    send: (api) =>
      receiver === undefined
        ? api.post<Receiver>('receivers', { kind: draft.kind, address, ...termsOf(draft) })
        : api.post<Receiver>(`receivers/${receiver.id}`, { ...termsOf(draft), reason: reason.trim() }),
    done: (saved) => `Alarms are sent to ${saved.address}.`,
    onDone: onClose,
  })
  const isReady =
    address !== '' &&
    (draft.kind === 'mail' || draft.secretName.trim() !== '') &&
    (draft.choice !== 'some' || draft.kinds.length > 0) &&
    (receiver === undefined || reason.trim() !== '')
  return (
    <SendDialog
      title={receiver === undefined ? 'Add a receiver' : `Change ${receiver.address}`}
      action={receiver === undefined ? 'Add' : 'Save'}
      isReady={isReady}
      isSending={save.isPending}
      error={save.error}
      onSend={() => save.mutate()}
      onClose={onClose}
    >
      <Fields
        draft={draft}
        isNew={receiver === undefined}
        onChange={(change) => setDraft({ ...draft, ...change })}
      />
      {receiver === undefined ? null : <ReasonField value={reason} onChange={setReason} />}
    </SendDialog>
  )
}

type FieldsProps = {
  readonly draft: Draft
  readonly isNew: boolean
  readonly onChange: (change: Partial<Draft>) => void
}

function Fields({ draft, isNew, onChange }: FieldsProps) {
  return (
    <>
      {isNew ? (
        <TextField
          select
          label="Channel"
          value={draft.kind}
          onChange={({ target }) =>
            onChange({ kind: receiverKinds.find((kind) => kind === target.value) ?? 'mail' })
          }
        >
          {receiverKinds.map((kind) => (
            <MenuItem key={kind} value={kind}>
              {words(kind)}
            </MenuItem>
          ))}
        </TextField>
      ) : null}
      {isNew ? (
        <TextField
          label={draft.kind === 'mail' ? 'Mail address' : 'URL'}
          value={draft.address}
          onChange={({ target }) => onChange({ address: target.value })}
          required
          autoComplete="off"
          helperText={
            draft.kind === 'mail'
              ? 'Sent by the mail server in DROPLOCK_SMTP_URL of the worker. Without one, mails wait for up to a week.'
              : undefined
          }
        />
      ) : null}
      {draft.kind === 'webhook' ? (
        <TextField
          label="Secret name"
          value={draft.secretName}
          onChange={({ target }) => onChange({ secretName: target.value })}
          required
          autoComplete="off"
          helperText="The name of a secret in DROPLOCK_WEBHOOK_SECRETS of the worker. It signs each request."
        />
      ) : null}
      <KindsField draft={draft} onChange={onChange} />
      <FormControlLabel
        label="Also notify when an alarm closes"
        control={
          <Checkbox
            checked={draft.onClose}
            onChange={({ target }) => onChange({ onClose: target.checked })}
          />
        }
      />
    </>
  )
}

function KindsField({ draft, onChange }: Omit<FieldsProps, 'isNew'>) {
  return (
    <>
      <TextField
        select
        label="Alarms"
        value={draft.choice}
        onChange={({ target }) =>
          onChange({
            choice: (['all', 'urgent', 'some'] as const).find((each) => each === target.value) ?? 'all',
          })
        }
      >
        {Object.entries(choices).map(([choice, name]) => (
          <MenuItem key={choice} value={choice}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      {draft.choice === 'some' ? (
        <TextField
          select
          label="Kinds"
          value={draft.kinds}
          onChange={({ target }) =>
            onChange({ kinds: alarmKinds.filter((kind) => target.value.includes(kind)) })
          }
          slotProps={{ select: { multiple: true } }}
        >
          {alarmKinds.map((kind) => (
            <MenuItem key={kind} value={kind}>
              {alarmWords[kind].what}
            </MenuItem>
          ))}
        </TextField>
      ) : null}
    </>
  )
}
