extension InputFile {
    /// The first bytes of the file, by which its kind is told; fewer where it is shorter.
    public func firstBytes(_ count: Int) throws(CheckpointError) -> [UInt8] {
        try bytes(in: 0..<min(max(0, count), size))
    }
}
