import { isCurrency, parseAmount } from '@droplock/rules/money'
import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Stack,
  TextField,
  type TextFieldProps,
} from '@mui/material'
import type { ReactNode } from 'react'
import {
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  FormProvider,
  useController,
  useForm,
} from 'react-hook-form'
import { ProblemAlert } from './ProblemAlert.tsx'

/** The values of a dialog that asks for a reason only. */
export type Reasoned = { readonly reason: string }

export type FormDialogProps<Values extends FieldValues> = {
  readonly title: string
  /** The label of the button that sends. */
  readonly action: string
  readonly tone?: 'primary' | 'error'
  readonly maxWidth?: 'xs' | 'sm' | 'md'
  /** The label of the button that closes it. */
  readonly cancel?: string
  readonly initial: DefaultValues<Values>
  /** Sends the values, texts without the blanks around them. While it is pending the dialog stays open; a refusal is shown in it. */
  readonly change: {
    readonly isPending: boolean
    readonly error: unknown
    readonly mutate: (values: Values) => void
  }
  /** Whether it can be sent, beside what the fields themselves require. */
  readonly isReady?: boolean
  /** Another button, left of the one that sends. */
  readonly beside?: ReactNode
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** A form in a dialog. It can be sent once every field is valid. */
export function FormDialog<Values extends FieldValues>(props: FormDialogProps<Values>) {
  const { title, tone = 'primary', maxWidth = 'sm', initial, change, isReady = true, onClose } = props
  const form = useForm<Values>({ defaultValues: initial, mode: 'onChange' })
  const canSend = isReady && form.formState.isValid && !change.isPending
  const send = form.handleSubmit((values) => {
    if (canSend) change.mutate(trimmed(values))
  })
  return (
    <Dialog open onClose={change.isPending ? undefined : onClose} maxWidth={maxWidth} aria-label={title}>
      <FormProvider {...form}>
        <form onSubmit={send} noValidate>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            <Stack sx={{ gap: 2, pt: 1 }}>
              {props.children}
              {change.error ? <ProblemAlert error={change.error} /> : null}
            </Stack>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose} color="inherit" disabled={change.isPending}>
              {props.cancel ?? 'Cancel'}
            </Button>
            {props.beside}
            <Button type="submit" variant="contained" color={tone} disabled={!canSend}>
              {props.action}
            </Button>
          </DialogActions>
        </form>
      </FormProvider>
    </Dialog>
  )
}

function trimmed<Values extends FieldValues>(values: Values): Values {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.trim() : value,
  ])
  return Object.fromEntries(entries)
}

type TextInputProps<Values extends FieldValues> = Pick<
  TextFieldProps,
  | 'autoComplete'
  | 'autoFocus'
  | 'children'
  | 'helperText'
  | 'label'
  | 'maxRows'
  | 'minRows'
  | 'multiline'
  | 'placeholder'
  | 'required'
  | 'select'
  | 'slotProps'
  | 'sx'
  | 'type'
> & {
  readonly name: FieldPath<Values>
  /** Whether a text that is not blank is valid; any is by default. A blank one is valid where it is not required. */
  readonly isValid?: (text: string, values: Values) => boolean
  /** Changes the text as it is typed. */
  readonly clean?: (text: string) => string
  /** Fields whose validity depends on this one. */
  readonly deps?: FieldPath<Values>[]
  readonly onChange?: () => void
}

/** A text, or with `select` one of its choices. What was typed is marked while it is not valid. */
export function TextInput<Values extends FieldValues>({
  name,
  isValid,
  clean = (text) => text,
  deps = [],
  onChange,
  ...shown
}: TextInputProps<Values>) {
  const { field, fieldState } = useController<Values>({
    name,
    rules: {
      deps,
      validate: (text: string, values) =>
        text.trim() === '' ? shown.required !== true : (isValid?.(text, values) ?? true),
    },
  })
  return (
    <TextField
      {...shown}
      name={field.name}
      value={field.value}
      inputRef={field.ref}
      onBlur={field.onBlur}
      onChange={({ target }) => {
        field.onChange(clean(target.value))
        onChange?.()
      }}
      error={fieldState.invalid && String(field.value).trim() !== ''}
    />
  )
}

/** The server takes no longer reason. */
const REASON_CHARACTERS_MAX = 500

/** Why a change is made. It is recorded in the audit. */
export function ReasonInput({ label = 'Reason', required = true }: { label?: string; required?: boolean }) {
  return (
    <TextInput<Reasoned>
      name="reason"
      label={label}
      required={required}
      multiline
      minRows={2}
      helperText="Recorded in the audit."
      slotProps={{ htmlInput: { maxLength: REASON_CHARACTERS_MAX } }}
    />
  )
}

type AmountInputProps<Values extends FieldValues> = {
  readonly name: FieldPath<Values>
  readonly label?: string
  readonly currency: string
  readonly helperText: string
  /** Minor units, both inclusive. */
  readonly minorMin?: number
  readonly minorMax?: number
}

/** An amount typed in major units, with its currency in the label. */
export function AmountInput<Values extends FieldValues>({
  name,
  label = 'Amount',
  currency,
  helperText,
  minorMin = 0,
  minorMax = Number.MAX_SAFE_INTEGER,
}: AmountInputProps<Values>) {
  return (
    <TextInput<Values>
      name={name}
      label={`${label} (${currency})`}
      required
      isValid={(text) => {
        const minor = minorOf(text, currency)
        return minor !== undefined && minor >= minorMin && minor <= minorMax
      }}
      helperText={helperText}
      autoComplete="off"
      slotProps={{ htmlInput: { inputMode: 'decimal' } }}
    />
  )
}

/** Minor units of what was typed; `undefined` where it is no amount of the currency from 0, or more than a number holds exactly. */
export function minorOf(typed: string, currency: string): number | undefined {
  if (!isCurrency(currency)) return undefined
  const amountMinor = Number(parseAmount(typed.trim(), currency)?.amountMinor ?? -1n)
  return amountMinor >= 0 && Number.isSafeInteger(amountMinor) ? amountMinor : undefined
}

export function CheckboxInput<Values extends FieldValues>({
  name,
  label,
}: {
  name: FieldPath<Values>
  label: string
}) {
  const { field } = useController<Values>({ name })
  return (
    <FormControlLabel
      label={label}
      control={
        <Checkbox
          name={field.name}
          checked={field.value}
          slotProps={{ input: { ref: field.ref } }}
          onChange={(_event, isChecked) => field.onChange(isChecked)}
          onBlur={field.onBlur}
          size="small"
        />
      }
    />
  )
}
