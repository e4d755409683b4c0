// Loaded before a child's own code: when `npm start` is gone, even by kill -9, its children stop too.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
// The channel alone must not keep the child alive.
process.channel?.unref()
