import { TextField, Typography } from '@mui/material'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Interruption } from '../api/interruptions.ts'
import { problemOf } from '../api/problem.ts'
import type { Me } from '../api/types.ts'
import { FormDialog } from '../parts/Form.tsx'
import { CodeInput, PasswordInput } from './inputs.tsx'
import { useInterruption, useSession } from './session-context.ts'

/** Asks for what requests wait for, over whatever is open. The page behind it stays as it is. */
export function InterruptionDialog() {
  const asked = useInterruption()
  if (asked === undefined) return null
  return asked.kind === 'sign_in' ? <SignInAgain {...asked} /> : <ProveIdentity {...asked} />
}

type Values = { readonly password: string; readonly code: string }
const nothingTyped: Values = { password: '', code: '' }

function SignInAgain({ me }: Interruption) {
  const session = useSession()
  const [needsCode, setNeedsCode] = useState(false)
  const signIn = useMutation({
    mutationFn: async ({ password, code }: Values) => {
      if (needsCode) return session.signInByCode(code)
      if ((await session.signIn(me.email, password)) === 'code_needed') setNeedsCode(true)
    },
    onError: (error) => {
      if (problemOf(error).code === 'challenge_expired') setNeedsCode(false)
    },
  })
  return (
    <FormDialog<Values>
      key={needsCode ? 'code' : 'password'}
      title="Your session has ended"
      action="Sign in"
      initial={nothingTyped}
      change={signIn}
      maxWidth="xs"
      cancel="Leave this page"
      onClose={session.leave}
    >
      <Typography>Sign in again to continue. What you typed on this page is kept.</Typography>
      <Person me={me} />
      {needsCode ? <CodeInput<Values> name="code" /> : <PasswordInput<Values> name="password" />}
    </FormDialog>
  )
}

function ProveIdentity({ me }: Interruption) {
  const session = useSession()
  const { proof } = me
  const prove = useMutation({
    mutationFn: ({ password, code }: Values) =>
      session.prove({ ...(proof.password && { password }), ...(proof.code && { code }) }),
    onError: (error) => {
      if (problemOf(error).code === 'session_required') session.interruptions.change('sign_in')
    },
  })
  return (
    <FormDialog<Values>
      title="Confirm that it is you"
      action="Confirm"
      initial={nothingTyped}
      change={prove}
      maxWidth="xs"
      onClose={() => session.interruptions.end(false)}
    >
      <Typography>
        This change needs a recent proof of your identity. It is sent as soon as you confirm; nothing you
        typed is lost.
      </Typography>
      <Person me={me} />
      {proof.password ? <PasswordInput<Values> name="password" /> : null}
      {proof.code ? <CodeInput<Values> name="code" autoFocus={!proof.password} /> : null}
    </FormDialog>
  )
}

/** Whose password it is: for the person, and for password managers. */
function Person({ me }: { readonly me: Me }) {
  return (
    <TextField
      label="Email"
      value={me.email}
      autoComplete="username"
      slotProps={{ input: { readOnly: true }, htmlInput: { tabIndex: -1 } }}
    />
  )
}
