import Dispatch
import Testing

@testable import apt_gate

@Suite("a value that another thread gives") struct HandoverTests {
  @Test func comesAcross() {
    let value = Handover { 42 }
    #expect(value.take(by: .now + .seconds(60)) == 42)
  }

  @Test func isGivenWhoeverAsksLate() {
    let isGiven = DispatchSemaphore(value: 0)
    let value = Handover {
      defer { isGiven.signal() }
      return "there"
    }
    isGiven.wait()
    #expect(value.take(by: .now + .seconds(60)) == "there")
  }

  @Test func isNotWaitedForPastTheDeadline() {
    let end = DispatchSemaphore(value: 0)
    let value = Handover { end.wait() }
    let begin = ContinuousClock.now
    #expect(value.take(by: begin + .milliseconds(50)) == nil)
    #expect(ContinuousClock.now - begin >= .milliseconds(40))
    end.signal()
  }

  @Test func isThereAtOnceOrNotWhereTheDeadlineIsOver() {
    let end = DispatchSemaphore(value: 0)
    let value = Handover { end.wait() }
    #expect(value.take(by: .now - .seconds(1)) == nil)
    end.signal()
  }
}
