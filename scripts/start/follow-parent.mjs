// Loaded before a child's own code: when `npm start` is gone, even by kill -9, its children stop too.
// Their own children (`next dev` has some) load it as well, and follow nobody.
if (process.ppid === Number(process.env.OBMEN_PARENT)) {
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  // The channel alone must not keep the child alive.
  process.channel?.unref()
}
