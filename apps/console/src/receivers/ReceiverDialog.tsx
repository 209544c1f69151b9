import { type AlarmKind, alarmKinds, alarmTable, alarmWords } from '@droplock/rules/alarms'
import { type ReceiverKind, receiverKinds } from '@droplock/rules/notifications'
import { MenuItem, TextField } from '@mui/material'
import { useController, useWatch } from 'react-hook-form'
import type { Receiver } from '../api/types.ts'
import { words } from '../format/words.ts'
import { CheckboxInput, FormDialog, ReasonInput, TextInput } from '../parts/Form.tsx'
import { type EditedFields, StaleNotice, useVersionedEdit } from '../parts/Stale.tsx'

const urgentKinds = alarmKinds.filter((kind) => alarmTable[kind].severity === 'urgent')

/** `urgent` selects the kinds that are urgent today. */
const choices = { all: 'All kinds', urgent: 'Urgent kinds', some: 'Selected kinds' } as const

type Values = {
  readonly kind: ReceiverKind
  readonly address: string
  readonly secretName: string
  readonly choice: keyof typeof choices
  readonly kinds: readonly AlarmKind[]
  readonly onClose: boolean
  readonly reason: string
}

/** What people edit of a receiver, as text. */
const receiverFields: EditedFields<Partial<Receiver>> = [
  [
    'Alarms',
    ({ alarm_kinds }) => alarm_kinds?.map((kind) => alarmWords[kind].what).join(', ') ?? 'All kinds',
  ],
  ['When an alarm closes', ({ on_close }) => (on_close === true ? 'Notified too' : 'Not notified')],
  ['Secret name', ({ secret_name }) => secret_name ?? 'None'],
]

type ReceiverDialogProps = {
  /** Absent: a new one. */
  readonly receiver?: Receiver
  readonly onClose: () => void
}

/** Adds a receiver, or changes which alarms it gets. Its address cannot be changed: another address is another receiver. */
export function ReceiverDialog({ receiver, onClose }: ReceiverDialogProps) {
  const { save, edit } = useVersionedEdit<Values, Partial<Receiver> & { version: number }, Receiver>({
    record: receiver ?? { version: 0 },
    path: `receivers/${receiver?.id}`,
    code: 'stale_version',
    send: (api, values, version) =>
      receiver === undefined
        ? api.post('receivers', { kind: values.kind, address: values.address, ...termsOf(values) })
        : api.post(`receivers/${receiver.id}`, { ...termsOf(values), version, reason: values.reason }),
    done: ({ address }) => `Alarms are sent to ${address}.`,
    onDone: onClose,
  })
  return (
    <FormDialog<Values>
      title={receiver === undefined ? 'Add receiver' : `Edit ${receiver.address}`}
      action={receiver === undefined ? 'Add' : 'Save'}
      initial={valuesOf(receiver)}
      change={save}
      isReady={!edit.isStale}
      onClose={onClose}
    >
      {receiver === undefined ? <AddressInputs /> : null}
      <SecretInput />
      <KindsInputs />
      <CheckboxInput<Values> name="onClose" label="Also notify when an alarm closes" />
      {receiver === undefined ? null : <ReasonInput />}
      <StaleNotice edit={edit} fields={receiverFields} />
    </FormDialog>
  )
}

function valuesOf(receiver: Receiver | undefined): Values {
  const kinds = receiver?.alarm_kinds
  return {
    kind: receiver?.kind ?? 'mail',
    address: receiver?.address ?? '',
    secretName: receiver?.secret_name ?? '',
    choice: kinds === undefined ? 'all' : 'some',
    kinds: kinds ?? [],
    onClose: receiver?.on_close ?? true,
    reason: '',
  }
}

function termsOf({ kind, secretName, choice, kinds, onClose }: Values) {
  return {
    ...(choice === 'urgent' && { alarm_kinds: urgentKinds }),
    ...(choice === 'some' && { alarm_kinds: kinds }),
    on_close: onClose,
    ...(kind === 'webhook' && { secret_name: secretName }),
  }
}

function AddressInputs() {
  const kind = useWatch<Values, 'kind'>({ name: 'kind' })
  return (
    <>
      <TextInput<Values> name="kind" select label="Channel">
        {receiverKinds.map((each) => (
          <MenuItem key={each} value={each}>
            {words(each)}
          </MenuItem>
        ))}
      </TextInput>
      <TextInput<Values>
        name="address"
        label={kind === 'mail' ? 'Email address' : 'URL'}
        required
        autoComplete="off"
        helperText={
          kind === 'mail'
            ? 'Sent through the mail server in DROPLOCK_SMTP_URL of the worker. Without one, emails wait for up to a week.'
            : undefined
        }
      />
    </>
  )
}

function SecretInput() {
  const kind = useWatch<Values, 'kind'>({ name: 'kind' })
  if (kind !== 'webhook') return null
  return (
    <TextInput<Values>
      name="secretName"
      label="Secret name"
      required
      autoComplete="off"
      helperText="The name of a secret in DROPLOCK_WEBHOOK_SECRETS of the worker. It signs each request."
    />
  )
}

function KindsInputs() {
  const choice = useWatch<Values, 'choice'>({ name: 'choice' })
  return (
    <>
      <TextInput<Values> name="choice" select label="Alarms">
        {Object.entries(choices).map(([each, name]) => (
          <MenuItem key={each} value={each}>
            {name}
          </MenuItem>
        ))}
      </TextInput>
      {choice === 'some' ? <SelectedKinds /> : null}
    </>
  )
}

function SelectedKinds() {
  const { field } = useController<Values, 'kinds'>({
    name: 'kinds',
    rules: { validate: (kinds) => kinds.length > 0 },
  })
  return (
    <TextField
      select
      label="Kinds"
      required
      name={field.name}
      value={field.value}
      inputRef={field.ref}
      onBlur={field.onBlur}
      onChange={({ target }) => field.onChange(alarmKinds.filter((kind) => target.value.includes(kind)))}
      slotProps={{ select: { multiple: true } }}
    >
      {alarmKinds.map((kind) => (
        <MenuItem key={kind} value={kind}>
          {alarmWords[kind].what}
        </MenuItem>
      ))}
    </TextField>
  )
}
