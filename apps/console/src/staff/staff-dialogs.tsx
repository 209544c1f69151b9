import { Typography } from '@mui/material'
import { browserText } from '../access/user-agent.ts'
import type { SentLink, StaffMember, StaffSession } from '../api/types.ts'
import { FormDialog, type Reasoned, ReasonInput } from '../parts/Form.tsx'
import { useAction } from '../parts/hooks.ts'
import { sentText } from './LinkDialog.tsx'

type DialogProps = { readonly person: StaffMember; readonly onClose: () => void }

type ReasonDialogProps = DialogProps & {
  readonly title: string
  readonly action: string
  readonly tone?: 'primary' | 'error'
  /** Below the path of the person. */
  readonly path: string
  /** Sent beside the reason. */
  readonly also?: object
  readonly done: string
  readonly text: string
}

/** Asks for a reason, and does one thing about a person. */
function ReasonDialog({ person, onClose, title, action, tone, path, also, done, text }: ReasonDialogProps) {
  const change = useAction<Reasoned, StaffMember>({
    send: (api, values) => api.post(`staff/${person.id}/${path}`, { ...values, ...also }),
    done: () => done,
    onDone: onClose,
  })
  return (
    <FormDialog<Reasoned>
      title={title}
      action={action}
      {...(tone === undefined ? {} : { tone })}
      initial={{ reason: '' }}
      change={change}
      onClose={onClose}
    >
      <Typography>{text}</Typography>
      <ReasonInput />
    </FormDialog>
  )
}

export function DisableDialog(props: DialogProps) {
  const { name } = props.person
  return (
    <ReasonDialog
      {...props}
      title={`Disable ${name}`}
      action="Disable"
      tone="error"
      path="disable"
      done={`${name} is disabled.`}
      text="Their sessions end at once, and a link that was sent opens nothing. What they proposed can be rejected and not approved."
    />
  )
}

export function EnableDialog(props: DialogProps) {
  const { name } = props.person
  return (
    <ReasonDialog
      {...props}
      title={`Enable ${name}`}
      action="Enable"
      path="enable"
      done={`${name} is enabled.`}
      text="They sign in as before, with the same roles."
    />
  )
}

export function ResetSecondFactorDialog(props: DialogProps) {
  const { name } = props.person
  return (
    <ReasonDialog
      {...props}
      title={`Reset the second factor of ${name}`}
      action="Reset"
      tone="error"
      path="second-factor/reset"
      done={`${name} has no second factor any more.`}
      text="Make sure that it is this person who asks. Their recovery codes are removed too and their sessions end. Until they set up another, their password alone opens their account."
    />
  )
}

export function EndSessionsDialog({ session, ...props }: DialogProps & { readonly session?: StaffSession }) {
  const { name } = props.person
  const isOne = session !== undefined
  return (
    <ReasonDialog
      {...props}
      title={isOne ? `End a session of ${name}` : `End all sessions of ${name}`}
      action={isOne ? 'End it' : 'End them'}
      tone="error"
      path="sessions/end"
      {...(isOne ? { also: { session_id: session.id } } : {})}
      done={isOne ? 'The session has ended.' : `All sessions of ${name} have ended.`}
      text={
        isOne
          ? `${browserText(session.user_agent)} has to sign in again.`
          : 'They can sign in again. To keep them out, disable them.'
      }
    />
  )
}

type SendLinkProps = DialogProps & { readonly onSent: (sent: SentLink) => void }

/** Takes the password away and sends a link to choose another, or sends an invitation again. */
export function SendLinkDialog({ person, onClose, onSent }: SendLinkProps) {
  const { id, name, email, has_password } = person
  const send = useAction<Reasoned, SentLink>({
    send: (api, values) => api.post(`staff/${id}/password-link`, values),
    done: sentText,
    onDone: (sent) => {
      onClose()
      if (sent.delivery !== 'mailed') onSent(sent)
    },
  })
  return (
    <FormDialog<Reasoned>
      title={has_password ? `Reset the password of ${name}` : `Send ${name} a link`}
      action={has_password ? 'Reset' : 'Send'}
      {...(has_password ? { tone: 'error' as const } : {})}
      initial={{ reason: '' }}
      change={send}
      onClose={onClose}
    >
      <Typography>
        {has_password
          ? `The password is no longer valid and all sessions end. ${name} chooses another by a link to ${email}, which works once, for three days. The second factor stays.`
          : `${name} chooses a password by a link to ${email}, which works once, for three days. An earlier link opens nothing any more.`}
      </Typography>
      <ReasonInput />
    </FormDialog>
  )
}
