import AptSystem
import Foundation
import Testing

@Suite struct HookStreamReaderTests {
  @Test func everythingIsReadWhateverItsSize() throws {
    let pipe = Pipe()
    let bytes = [UInt8](repeating: 7, count: 3 << 20)
    let writer = Thread {
      try? pipe.fileHandleForWriting.write(contentsOf: bytes)
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    let reader = HookStreamReader(infoDescriptor: String(pipe.fileHandleForReading.fileDescriptor))
    #expect(try reader.read(by: .now + .seconds(60)) == bytes)
  }

  @Test func anEndlessStreamEndsAtTheDeadline() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data("VERSION 3\n".utf8))
    let reader = HookStreamReader(infoDescriptor: String(pipe.fileHandleForReading.fileDescriptor))
    #expect { try reader.read(by: .now + .milliseconds(50)) } throws: { ($0 as? AptSystemError)?.code == .cancelled }
  }

  @Test func aDescriptorThatIsNotOpenIsAnError() {
    #expect { try HookStreamReader(infoDescriptor: "987").read(by: .now + .seconds(1)) } throws: {
      ($0 as? AptSystemError)?.code == .fileUnusable
    }
  }
}
