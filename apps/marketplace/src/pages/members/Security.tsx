import { Stack } from '@mantine/core'
import { useViewing } from '../viewing.tsx'
import { ChangeAddress, ChangeName, ChangePassword } from './ChangeForms.tsx'
import { Ends } from './Ends.tsx'
import { Sessions } from './Sessions.tsx'

/** How the person signs in, where they are signed in, and how all of it ends. */
export function Security() {
  const { viewer } = useViewing()
  if (viewer === null) return null
  return (
    <Stack gap="xl" maw={640}>
      <ChangeName viewer={viewer} />
      <ChangeAddress viewer={viewer} />
      <ChangePassword viewer={viewer} />
      <Sessions />
      <Ends viewer={viewer} />
    </Stack>
  )
}
