import { TextInput } from '@mantine/core'

type AmountFieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly error?: string | undefined
  readonly description?: string
}

/** An amount as it is typed; `minorUnitsOf` reads it. */
export function AmountField({ onChange, ...field }: AmountFieldProps) {
  return (
    <TextInput
      {...field}
      inputMode="decimal"
      autoComplete="off"
      w={200}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}
