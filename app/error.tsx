'use client'

import { Failure, type FailureProps } from '@/components/ui/failure'

export default function RootError(props: FailureProps) {
  return <Failure {...props} />
}
