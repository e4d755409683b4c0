import { CommandButton } from '@/components/imports/command-button'
import type { Command } from '@/lib/imports/allowed'

interface SessionCommandsProps {
  sessionId: number
  /** What may be done, in the order of the buttons. */
  commands: readonly Command[]
  /** In a row of the list. */
  small?: boolean
}

/** The buttons that control one session. */
export function SessionCommands({ sessionId, commands, small = false }: SessionCommandsProps) {
  if (commands.length === 0) return null
  return (
    <div className={small ? 'flex flex-wrap gap-x-2 pt-1' : 'flex flex-wrap gap-2'}>
      {commands.map((command) => (
        <CommandButton
          key={command}
          command={command}
          sessionId={sessionId}
          confirm={command === 'cancel' || command === 'delete'}
          small={small}
        />
      ))}
    </div>
  )
}
