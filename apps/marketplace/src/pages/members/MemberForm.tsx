import { Stack, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { Problem } from '../parts/Problem.tsx'
import { SubmitButton } from './SubmitButton.tsx'
import type { useMemberForm } from './useMemberForm.ts'

type MemberFormProps = {
  readonly of: Pick<ReturnType<typeof useMemberForm>, 'form' | 'error'>
  readonly isPending: boolean
  /** On the button. */
  readonly verb: string
  readonly children: ReactNode
}

/** Fields, why what they say was refused, and the button. */
export function MemberForm({ of: { form, error }, isPending, verb, children }: MemberFormProps) {
  return (
    <form {...form}>
      <Stack gap="md">
        {children}
        {error === null ? null : <Problem error={error} />}
        <SubmitButton isPending={isPending} verb={verb} />
      </Stack>
    </form>
  )
}

type AddressInputProps = { readonly label: string; readonly error: string | undefined }

/** The address that somebody signs in with. */
export function AddressInput(props: AddressInputProps) {
  return <TextInput {...props} name="email" type="email" autoComplete="username" required />
}
