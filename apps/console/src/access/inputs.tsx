import type { FieldPath, FieldValues } from 'react-hook-form'
import { TextInput } from '../parts/Form.tsx'

type InputProps<Values extends FieldValues> = {
  readonly name: FieldPath<Values>
  readonly autoFocus?: boolean
}

export function PasswordInput<Values extends FieldValues>({ name, autoFocus = true }: InputProps<Values>) {
  return (
    <TextInput<Values>
      name={name}
      label="Password"
      type="password"
      autoComplete="current-password"
      required
      autoFocus={autoFocus}
    />
  )
}

/** Six digits, or a recovery code of sixteen characters. */
const code = /^(\d{6}|[a-z2-7]{16})$/i

type CodeInputProps<Values extends FieldValues> = InputProps<Values> & {
  /** Whether a recovery code is accepted too. */
  readonly orRecoveryCode?: boolean
}

export function CodeInput<Values extends FieldValues>({
  name,
  autoFocus = true,
  orRecoveryCode = true,
}: CodeInputProps<Values>) {
  return (
    <TextInput<Values>
      name={name}
      label="Code"
      required
      autoFocus={autoFocus}
      autoComplete="one-time-code"
      isValid={(text) => code.test(text.replaceAll(/[\s-]/g, ''))}
      helperText={
        orRecoveryCode
          ? 'The six digits of your authenticator app, or a recovery code'
          : 'The six digits of your authenticator app'
      }
      slotProps={{ htmlInput: { inputMode: orRecoveryCode ? 'text' : 'numeric', spellCheck: false } }}
    />
  )
}
