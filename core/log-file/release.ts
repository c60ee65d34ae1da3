/**
 * Gives memory back at once: from then on it has no bytes, and neither has any view of it. Where that is left to the garbage
 * collector, dozens of buffers pile up first, and the system hands out new pages for each of them, which costs as much as the
 * inflating.
 */
export function release(bytes: Uint8Array): void {
  // What is small lies in memory that Node.js shares.
  if (bytes.length < Buffer.poolSize / 2) return;
  const memory = bytes.buffer as Memory;
  if (memory.transfer) memory.transfer(0);
  else toNobody().postMessage(undefined, [memory]);
}

/** Before 22, Node.js has no `transfer`. */
type Memory = ArrayBuffer & { transfer?(bytes: number): unknown };

let closed: InstanceType<typeof MessageChannel> | undefined;

/** A port that is closed: what is transferred to it is gone. */
function toNobody() {
  if (closed === undefined) {
    closed = new MessageChannel();
    closed.port1.close();
  }
  return closed.port1;
}
